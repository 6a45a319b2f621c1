// A process that uses a data folder: `node embedded-user.ts FOLDER server|guest [initdb]`. SIGTERM: stops. SIGINT: ends at once.
import { startEmbeddedPostgres } from '#db/embedded.ts';

const [folder = '', kind, initdb] = process.argv.slice(2);
try {
  const database = await startEmbeddedPostgres(folder, { share: kind === 'guest', readyMade: initdb ? null : undefined });
  const hold = setInterval(() => {}, 1_000);
  process.once('SIGTERM', async () => {
    await database.stop();
    clearInterval(hold);
  });
  process.once('SIGINT', () => process.exit(130));
  console.log(database.url);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
