// SPDX-License-Identifier: Apache-2.0
// In npm's place beside OpenClaw 2026.4's node. Its gateway installs what all its plug-ins may need before the first
// turn, 60 packages of which one is in no registry any more; this links what the tests have installed anyway, and puts
// an empty package of the wanted version where they have none: no plug-in that needs one is used.
const fs = require("fs");
const path = require("path");

const INSTALLED = "@INSTALLED@";
const place = (name) => path.resolve("node_modules", name);

function packagesIn(folder) {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => !name.startsWith("."));
  return names.flatMap((name) =>
    name.startsWith("@") ? fs.readdirSync(path.join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

const versionOf = (name) => JSON.parse(fs.readFileSync(path.join(place(name), "package.json"))).version;

function link(name, from) {
  fs.mkdirSync(path.dirname(place(name)), { recursive: true });
  fs.rmSync(place(name), { recursive: true, force: true });
  fs.symlinkSync(from, place(name));
}

function copyAs(version, name) {
  const from = fs.realpathSync(place(name));
  fs.unlinkSync(place(name));
  fs.cpSync(from, place(name), { recursive: true });
  const manifest = path.join(place(name), "package.json");
  fs.writeFileSync(manifest, JSON.stringify({ ...JSON.parse(fs.readFileSync(manifest)), version }));
}

function leaveEmpty(version, name) {
  fs.mkdirSync(place(name), { recursive: true });
  fs.writeFileSync(path.join(place(name), "index.js"), "");
  fs.writeFileSync(path.join(place(name), "package.json"), JSON.stringify({ name, version }));
}

for (const folder of [INSTALLED, path.join(INSTALLED, "openclaw/node_modules")]) {
  for (const name of packagesIn(folder)) {
    if (name !== "openclaw") link(name, path.join(folder, name));
  }
}
for (const [name, range] of Object.entries(JSON.parse(fs.readFileSync("package.json")).dependencies)) {
  const exact = range.replace(/^[\^~]/, "");
  if (!fs.existsSync(place(name))) leaveEmpty(exact, name);
  else if (exact === range && versionOf(name) !== exact) copyAs(exact, name);
}
