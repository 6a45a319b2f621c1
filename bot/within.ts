/** What `work` resolves to; null when it takes longer or fails. For what is good to know and must not keep Slack waiting. */
export const within = async <Value>(ms: number, work: Promise<Value>): Promise<Value | null> => {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ms);
  try {
    return await Promise.race([work.catch(() => null), late.promise]);
  } finally {
    clearTimeout(timer);
  }
};
