// Builds what static/ serves from the locked npm packages: the sheet, the script, the sprite and the vendored files.
// Run by deploy/build_static.sh. `node build.mjs --check` builds beside and says which committed file differs.

import { readFileSync, writeFileSync, mkdirSync, existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const modules = join(here, "node_modules");
const versionOf = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
const built = new Map(); // path from the root → text

const htmx = `htmx-${versionOf("htmx.org")}.min.js`;

function sheet() {
  const { css } = sass.compile(join(root, "static/scss/app.scss"), {
    style: "compressed",
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  built.set("static/css/app.css", css + "\n");
}

async function script() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, "static/js/src/app.js")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "chrome79",
    charset: "utf8",
    legalComments: "none",
  });
  const vendored = readFileSync(join(modules, "htmx.org/dist/htmx.min.js"), "utf8");
  built.set(`static/vendor/${htmx}`, vendored);
  built.set("static/js/app.js", `/* ${htmx}, Zero-Clause BSD */\n${vendored}\n${outputFiles[0].text}`);
}

function sprite() {
  const symbols = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean).map((line) => {
    const [name, source = name] = line.split("=");
    const svg = readFileSync(join(modules, "@tabler/icons/icons/outline", `${source}.svg`), "utf8");
    const shapes = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "")
      .replace(/<path stroke="none"[^>]*>/g, "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"`
      + ` stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
  });
  const from = `@tabler/icons ${versionOf("@tabler/icons")}, MIT`;
  built.set("static/icons.svg",
    `<svg xmlns="http://www.w3.org/2000/svg">\n<!-- ${from} -->\n${symbols.join("\n")}\n</svg>\n`);
}

function licences() {
  const copy = (name, as) => built.set(`static/vendor/${as}`, readFileSync(join(modules, name, "LICENSE"), "utf8"));
  const rows = [
    ["htmx.org", "htmx", "Zero-Clause BSD", `${htmx}; first part of js/app.js`],
    ["bootstrap", "bootstrap", "MIT", "trimmed into css/app.css by scss/_bootstrap.scss"],
    ["@tabler/icons", "tabler-icons", "MIT", "the symbols named in deploy/static/icons.txt, in icons.svg"],
  ].map(([name, short, licence, where]) => {
    const file = `LICENSE-${short}-${versionOf(name)}.txt`;
    copy(name, file);
    return `| ${name} | ${versionOf(name)} | ${licence} ([text](${file})) | ${where} |`;
  });
  built.set("static/vendor/README.md", [
    "# Files of others", "",
    "Copied by `deploy/build_static.sh` from the packages locked in `deploy/static/package-lock.json`.", "",
    "| Package | Version | Licence | Where |", "|---|---|---|---|", ...rows, "",
  ].join("\n"));
  const axe = "tests/journeys/browser";
  built.set(`${axe}/axe.min.js`, readFileSync(join(modules, "axe-core/axe.min.js"), "utf8"));
  built.set(`${axe}/axe.LICENSE.txt`,
    `axe-core ${versionOf("axe-core")}, for tests only\n\n` + readFileSync(join(modules, "axe-core/LICENSE"), "utf8"));
}

sheet();
await script();
sprite();
licences();

const check = process.argv.includes("--check");
const stale = [];
for (const [path, text] of built) {
  const file = join(root, path);
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) stale.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (check && stale.length) {
  console.error(`Not what the sources give: ${stale.join(", ")}. Run deploy/build_static.sh and commit.`);
  process.exit(1);
}
for (const path of ["static/css/app.css", "static/js/app.js", "static/icons.svg"]) {
  console.log(`${path}  ${(gzipSync(built.get(path), { level: 9 }).length / 1024).toFixed(1)} kB gzip`);
}
