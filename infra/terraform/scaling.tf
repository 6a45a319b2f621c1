resource "aws_appautoscaling_target" "part" {
  for_each = { for part, of in local.parts : part => of.tasks }

  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${aws_ecs_service.part[each.key].name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = each.value.min
  max_capacity       = each.value.max
}

# Api and bot compute little and hold nothing: their processor is what fills up.
resource "aws_appautoscaling_policy" "processor" {
  for_each = toset(["api", "bot"])

  name               = "processor"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.part[each.key].service_namespace
  resource_id        = aws_appautoscaling_target.part[each.key].resource_id
  scalable_dimension = aws_appautoscaling_target.part[each.key].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_in_cooldown  = 300
    scale_out_cooldown = 30

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# Workers are added by what people feel: how long the oldest job waits.
resource "aws_appautoscaling_policy" "worker_out" {
  name               = "queue-age-out"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.part["worker"].service_namespace
  resource_id        = aws_appautoscaling_target.part["worker"].resource_id
  scalable_dimension = aws_appautoscaling_target.part["worker"].scalable_dimension

  step_scaling_policy_configuration {
    adjustment_type          = "PercentChangeInCapacity"
    min_adjustment_magnitude = 1
    cooldown                 = 60
    metric_aggregation_type  = "Maximum"

    step_adjustment {
      metric_interval_lower_bound = 0
      metric_interval_upper_bound = 45
      scaling_adjustment          = 50
    }

    step_adjustment {
      metric_interval_lower_bound = 45
      scaling_adjustment          = 100
    }
  }
}

resource "aws_appautoscaling_policy" "worker_in" {
  name               = "queue-age-in"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.part["worker"].service_namespace
  resource_id        = aws_appautoscaling_target.part["worker"].resource_id
  scalable_dimension = aws_appautoscaling_target.part["worker"].scalable_dimension

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 300

    step_adjustment {
      metric_interval_upper_bound = 0
      scaling_adjustment          = -1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "queue_old" {
  alarm_name          = "${var.name}-queue-waits"
  alarm_description   = "Adds workers: all through a minute, a job that one more could begin has waited too long."
  namespace           = local.metrics_namespace
  metric_name         = "aiops_queue_oldest_job_seconds"
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.queue_age_seconds
  treat_missing_data  = "missing"
  alarm_actions       = [aws_appautoscaling_policy.worker_out.arn]
}

resource "aws_cloudwatch_metric_alarm" "queue_young" {
  alarm_name          = "${var.name}-queue-is-empty"
  alarm_description   = "Takes workers away, one at a time: nothing has waited for a quarter of an hour."
  namespace           = local.metrics_namespace
  metric_name         = "aiops_queue_oldest_job_seconds"
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 15
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  treat_missing_data  = "missing"
  alarm_actions       = [aws_appautoscaling_policy.worker_in.arn]
}
