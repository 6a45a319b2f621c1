import { runDoctor } from './doctor/run-doctor.ts';

await runDoctor(process.argv.slice(2));
