/** Whether an address belongs to Slack, or to the Web API we were configured with: the only places our token and answers go. */
export const isSlackHost = (url: string, apiUrl: string): boolean => {
  const target = URL.parse(url);
  if (!target) return false;
  if (target.host === URL.parse(apiUrl)?.host) return true;
  return target.protocol === 'https:' && target.port === '' && /(^|\.)(slack\.com|slack-gov\.com|slack-files\.com)$/.test(target.hostname);
};
