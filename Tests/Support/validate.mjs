// Reads JSON documents from standard input, one per line, and says of each on a line of its own what the schema finds wrong: "" for nothing.
// node validate.mjs <schema>
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

// strictRequired would want the fields of "then" and "else" described there a second time.
const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(process.argv[2], "utf8")));
for await (const line of createInterface({ input: process.stdin }))
  console.log(validate(JSON.parse(line)) ? "" : ajv.errorsText(validate.errors));
