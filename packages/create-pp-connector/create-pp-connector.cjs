#!/usr/bin/env node
// npm create pp-connector my-connector -- --yes  is  pp-connector new my-connector --yes
process.argv.splice(2, 0, 'new');
require('generator-pp-connector/pp-connector');
