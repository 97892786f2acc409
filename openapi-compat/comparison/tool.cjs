// Prints the verdict of a library from npm on two documents: `breaking` or `compatible`.
// With the name `json`, prints a YAML document as JSON.
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [folder, name, base, head] = process.argv.slice(2);
const load = createRequire(path.join(folder, "node_modules", "x.js"));
const yaml = load("js-yaml");
const read = (file) => yaml.load(fs.readFileSync(file, "utf8"), { json: true });

async function breaking() {
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

if (name === "json") {
  console.log(JSON.stringify(read(base)));
} else {
  breaking().then((found) => console.log(found ? "breaking" : "compatible"));
}
