// Preloaded into every measured process: leaves its CPU time behind.
const { appendFileSync } = require('node:fs');
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  appendFileSync(process.env.BENCH_CPU_FILE, `${(user + system) / 1000} ${maxRSS / 1024}\n`);
});
