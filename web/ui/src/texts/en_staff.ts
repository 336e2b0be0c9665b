// Everything that the console says: what patients read, and its own.

export * from "./en";
export * from "./en_console";
export * from "./en_flows";
export * from "./en_visits";
