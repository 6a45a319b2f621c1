# The alarms that must ring even when everything of ours is silent. The finer ones are Prometheus' (monitoring/prometheus/rules).

# A key of our own: AWS' key for SNS (alias/aws/sns) does not let CloudWatch in, and an alarm that cannot use the key tells nobody.
resource "aws_kms_key" "alarms" {
  description             = "What CloudWatch's alarms of ${var.name} say on their way through SNS."
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.alarms_key.json
}

data "aws_caller_identity" "this" {}

data "aws_iam_policy_document" "alarms_key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.this.account_id}:root"]
    }
  }

  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = aws_kms_key.alarms.arn
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(var.alarm_emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.value
}

locals {
  database_dimensions = { DBInstanceIdentifier = aws_db_instance.this.identifier }

  alarms = {
    queue-stuck = {
      about      = "The oldest job has waited for two minutes and more: https://${var.domain}/runbook#queuestuck"
      namespace  = local.metrics_namespace
      metric     = "aiops_queue_oldest_job_seconds"
      dimensions = {}
      statistic  = "Maximum"
      above      = 120
      minutes    = 5
      silence    = "breaching"
    }
    outbox-old = {
      about      = "An answer cannot be shown in Slack: https://${var.domain}/runbook#outboxold"
      namespace  = local.metrics_namespace
      metric     = "aiops_outbox_oldest_seconds"
      dimensions = {}
      statistic  = "Maximum"
      above      = 300
      minutes    = 5
      silence    = "breaching"
    }
    errors-at-the-door = {
      about      = "The api or the bot answers 5xx: https://${var.domain}/runbook#requestsfail"
      namespace  = "AWS/ApplicationELB"
      metric     = "HTTPCode_Target_5XX_Count"
      dimensions = { LoadBalancer = aws_lb.this.arn_suffix }
      statistic  = "Sum"
      above      = 20
      minutes    = 5
      silence    = "notBreaching"
    }
    database-busy = {
      about      = "PostgreSQL has no processor left: docs/scaling.md"
      namespace  = "AWS/RDS"
      metric     = "CPUUtilization"
      dimensions = local.database_dimensions
      statistic  = "Average"
      above      = 80
      minutes    = 15
      silence    = "breaching"
    }
    database-connections = {
      about      = "Too many connections: fewer processes, a smaller DB_POOL, or a larger instance"
      namespace  = "AWS/RDS"
      metric     = "DatabaseConnections"
      dimensions = local.database_dimensions
      statistic  = "Maximum"
      above      = 700
      minutes    = 5
      silence    = "breaching"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.about
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = 60
  evaluation_periods  = each.value.minutes
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.above
  treat_missing_data  = each.value.silence
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "database_full" {
  alarm_name          = "${var.name}-database-full"
  alarm_description   = "Less than a tenth of the storage is left. It grows by itself up to five times its size; this means it no longer does."
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = local.database_dimensions
  statistic           = "Minimum"
  period              = 300
  evaluation_periods  = 2
  comparison_operator = "LessThanThreshold"
  threshold           = var.database_storage_gb * 1024 * 1024 * 1024 / 10
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
