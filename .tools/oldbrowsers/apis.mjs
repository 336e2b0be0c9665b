// What the sources ask of a browser's objects, found with the types: who owns
// each name that comes from the libraries of TypeScript.

import ts from "typescript-api";
import { checkDeclaration, checkStyles } from "./styles.mjs";
import { lookup, missing } from "./support.mjs";

export function checkApis(config, found) {
  const read = ts.readConfigFile(config, ts.sys.readFile);
  const folder = config.slice(0, config.lastIndexOf("/"));
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, folder);
  const program = ts.createProgram(fileNames.filter((f) => f.includes("/src/")), options);
  const checker = program.getTypeChecker();
  for (const file of program.getSourceFiles()) {
    if (file.fileName.includes("/src/") && !file.isDeclarationFile) look(file, checker, found);
  }
}

function look(file, checker, found) {
  const where = file.fileName.slice(file.fileName.indexOf("web/ui/"));
  const at = (node) => `line ${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const visit = (node) => {
    for (const path of used(node, checker)) {
      const who = missing(path);
      if (who?.length) found(where, path, who, at(node));
      if (who) break; // MDN knows it under this name
    }
    if (where.endsWith("launcher/style.ts")) styles(node, where, found);
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** used are the names under which MDN may know what a node uses, the likeliest first. */
function used(node, checker) {
  if (ts.isPropertyAccessExpression(node)) {
    const symbol = checker.getSymbolAtLocation(node.name);
    const on = node.expression.getText();
    if (!ours(symbol) && lookup(`api.${on}.${node.name.text}_static`)) return [`api.${on}.${node.name.text}_static`];
    if (!ours(symbol)) return members(checker.getTypeAtLocation(node.expression), owner(symbol), node.name.text, checker);
  }
  if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) {
    const name = (node.propertyName ?? node.name).getText();
    const type = checker.getTypeAtLocation(node.parent);
    const symbol = type.getProperty(name);
    if (symbol && !ours(symbol)) return members(type, owner(symbol), name, checker);
  }
  if (ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node.parent) && !ts.isTypeNode(node.parent)) {
    const symbol = checker.getSymbolAtLocation(node);
    if (symbol && !ours(symbol) && symbol.valueDeclaration) return globals(node.text);
  }
  return [];
}

const ours = (symbol) => !symbol?.declarations?.length || !symbol.declarations.every((d) => /\/lib\.[^/]*\.d\.ts$/.test(d.getSourceFile().fileName));
const owner = (symbol) => symbol?.declarations?.[0]?.parent?.name?.text ?? "";
const globals = (name) => [`api.Window.${name}`, `api.${name}`, `api.WorkerGlobalScope.${name}`, `javascript.builtins.${name}`];

/** members walks from the receiver's own type to what it inherits, for a mixin of
 *  TypeScript's stands at MDN under those that have it. */
function members(type, declared, name, checker) {
  const chain = [...new Set([...types(checker.getNonNullableType(type)), declared])].map((t) => t.replace(/Constructor$/, ""));
  return chain.flatMap((t) => [`api.${t}.${name}`, `javascript.builtins.${t}.${name}`]).filter(lookup);
}

function types(type) {
  if (type.isUnion()) return type.types.flatMap(types);
  const name = (type.symbol ?? type.aliasSymbol)?.name ?? { string: "String", number: "Number" }[ts.TypeFlags[type.flags]?.toLowerCase()] ?? "";
  return [name, ...(type.getBaseTypes?.() ?? []).flatMap(types)];
}

/** The launcher's looks are set by script: a style sheet in a string, and properties in objects. */
function styles(node, where, found) {
  if (ts.isVariableDeclaration(node) && node.name.getText() === "niceties") checkStyles(node.initializer.text, where, found);
  if (ts.isPropertyAssignment(node)) {
    const property = node.name.text;
    const texts = [];
    const gather = (n) => (ts.isStringLiteralLike(n) ? texts.push(n.text) : ts.forEachChild(n, gather));
    gather(node.initializer);
    if (lookup(`css.properties.${property}`)) for (const text of texts) if (text) checkDeclaration(property, text, where, found);
  }
}
