import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { AppError } from '#src/core/errors.ts';

/** A repository's folder, what git sees of the environment, and when to stop reading. */
export type Here = { folder: string; environment: NodeJS.ProcessEnv; signal?: AbortSignal | undefined };

export type Git = ChildProcessByStdio<null, Readable, Readable>;

/*
 * A repository's settings name programs, and reading it must run none of them: no pager, no hook, no file watcher, and nothing that fetches. A
 * partial clone would fetch what it misses, by a program of its own choice (core.sshCommand, ext::); no transport is allowed to.
 */
const settings = ['--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
const surroundings = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };

/** Starts git in a folder to read it. */
export const startGit = ({ folder, environment, signal }: Here, args: readonly string[]): Git =>
  spawn('git', [...settings, '-C', folder, ...args], {
    env: { ...environment, ...surroundings },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });

/** Whether it went well, and what it complained of. Rejects with AppError where there is no git, or with the reason of the signal. */
export const endOf = (git: Git, signal: AbortSignal | undefined): Promise<{ code: number; complaint: string }> => {
  const ended = Promise.withResolvers<{ code: number; complaint: string }>();
  let complaint = '';
  git.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < 4000) complaint += text;
  });
  git.once('error', (error: NodeJS.ErrnoException) => {
    if (signal?.aborted) ended.reject(signal.reason);
    else if (error.code === 'ENOENT')
      ended.reject(new AppError('BAD_INPUT', 'There is no git on this machine. Install it to read a repository.', { cause: error }));
    else ended.reject(error);
  });
  git.once('close', (code) => ended.resolve({ code: code ?? 1, complaint }));
  // Awaited by whoever reads to the end; who stops earlier has an error of their own.
  ended.promise.catch(() => {});
  return ended.promise;
};

/** What git answers, in one piece. */
export const askGit = async (here: Here, args: readonly string[]): Promise<{ code: number; text: string; complaint: string }> => {
  here.signal?.throwIfAborted();
  const git = startGit(here, args);
  let text = '';
  git.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const { code, complaint } = await endOf(git, here.signal);
  return { code, text, complaint };
};
