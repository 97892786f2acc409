// Prints the verdict of a library from npm on pairs of documents: `breaking`, `compatible` or
// `error`. Each argument after the name is a pair, separated by a tab.
// With the name `json`, writes each YAML document as JSON into the second file of the pair.
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [folder, name, ...pairs] = process.argv.slice(2);
const load = createRequire(path.join(folder, "node_modules", "x.js"));
const yaml = load("js-yaml");
const read = (file) => {
  const text = fs.readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  return yaml.load(text, { json: true });
};

async function breaking(base, head) {
  if (name === "openapi-diff") {
    const spec = (file) => ({
      content: JSON.stringify(read(file)),
      location: file,
      format: "openapi3",
    });
    const result = await load(name).diffSpecs({
      sourceSpec: spec(base),
      destinationSpec: spec(head),
    });
    return result.breakingDifferencesFound;
  }
  const { diffs } = load(name).apiCompare(read(base), read(head));
  return diffs.some((diff) => diff.type === "breaking");
}

async function main() {
  for (const pair of pairs) {
    const [base, head] = pair.split("\t");
    try {
      if (name === "json") {
        fs.writeFileSync(head, JSON.stringify(read(base)));
      } else {
        console.log((await breaking(base, head)) ? "breaking" : "compatible");
      }
    } catch (error) {
      console.log("error");
    }
  }
}

main();
