// Package storetest proves engines of package store, and lends them to tests.
//
//   - [Run] is the suite: what store's contract says, asked of any engine.
//     [RunRandom] belongs to it: random operations, compared with the model.
//   - [Model] is the contract written as plainly as possible, in memory. It is
//     the reference of the random operations and a fast store for the tests of
//     other rooms.
//   - [Crashing] lets a number of writes through and then dies as a process
//     does, so that a test can kill after every single commit.
package storetest
