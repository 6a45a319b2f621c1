# An agent beside each worker brings the few numbers that scaling and alarms need from /metrics to CloudWatch. Every worker sees the whole
# queue, so the largest value counts. Dashboards and the other alerts want a Prometheus: see README.md.

locals {
  metrics_namespace = var.name
  exported_metrics  = ["aiops_queue_oldest_job_seconds", "aiops_outbox_oldest_seconds"]

  metrics_agent_config = {
    receivers = {
      prometheus = {
        config = {
          scrape_configs = [{
            job_name        = "aiops"
            scrape_interval = "15s"
            static_configs  = [{ targets = ["127.0.0.1:${local.port}"] }]
            metric_relabel_configs = [
              { source_labels = ["__name__"], regex = join("|", local.exported_metrics), action = "keep" },
            ]
          }]
        }
      }
    }
    exporters = {
      awsemf = {
        namespace               = local.metrics_namespace
        log_group_name          = aws_cloudwatch_log_group.metrics.name
        dimension_rollup_option = "NoDimensionRollup"
        metric_declarations     = [{ dimensions = [[]], metric_name_selectors = local.exported_metrics }]
      }
    }
    service = {
      pipelines = { metrics = { receivers = ["prometheus"], exporters = ["awsemf"] } }
    }
  }

  metrics_agent = {
    name        = "metrics-agent"
    image       = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"
    essential   = false
    environment = [{ name = "AOT_CONFIG_CONTENT", value = yamlencode(local.metrics_agent_config) }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.part["worker"].name
        awslogs-region        = var.region
        awslogs-stream-prefix = "metrics-agent"
      }
    }
  }
}

resource "aws_cloudwatch_log_group" "metrics" {
  name              = "/${var.name}/metrics"
  retention_in_days = 7
}
