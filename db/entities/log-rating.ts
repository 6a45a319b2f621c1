import { defineEntity, p } from '@mikro-orm/core';
import { Log } from './log.ts';
import { workspaceIdOfWhole } from './owned.ts';

/** What somebody thinks of a log's summary; their last word counts. */
const LogRatingSchema = defineEntity({
  name: 'LogRating',
  tableName: 'log_rating',
  properties: {
    logId: () => p.manyToOne(Log).mapToPk().fieldName('log_id').primary().deleteRule('cascade').updateRule('no action'),
    /** User, token, or the Slack person a token acted for. */
    ratedBy: p.text().primary(),
    workspaceId: workspaceIdOfWhole(),
    helpful: p.boolean(),
    ratedAt: p.datetime(),
  },
});
export class LogRating extends LogRatingSchema.class {}
LogRatingSchema.setClass(LogRating);

export { LogRatingSchema };
