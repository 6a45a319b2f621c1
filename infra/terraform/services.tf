locals {
  port = 3000

  # What every part is told beside its settings. Secrets come apart, from Secrets Manager.
  common = {
    NODE_ENV = "production"
    HOST     = "0.0.0.0"
    PORT     = tostring(local.port)
    DATA_DIR = "/tmp/aiops"
  }

  bucket = aws_s3_bucket.chunks.bucket

  parts = {
    api    = { cpu = 512, memory = 1024, tasks = var.api_tasks }
    worker = { cpu = 1024, memory = 2048, tasks = var.worker_tasks }
    bot    = { cpu = 256, memory = 512, tasks = var.bot_tasks }
  }

  # For the bucket the role of the task is enough: there is no key to keep.
  secret_arns = merge({
    DATABASE_URL         = aws_secretsmanager_secret.made["database-url"].arn
    JWT_SECRET           = aws_secretsmanager_secret.made["jwt-secret"].arn
    ALERTS_TOKEN         = aws_secretsmanager_secret.made["alerts-token"].arn
    API_TOKEN            = aws_secretsmanager_secret.given["api-token"].arn
    OPENAI_API_KEY       = aws_secretsmanager_secret.given["openai-api-key"].arn
    SLACK_BOT_TOKEN      = aws_secretsmanager_secret.given["slack-bot-token"].arn
    SLACK_SIGNING_SECRET = aws_secretsmanager_secret.given["slack-signing-secret"].arn
  }, var.secrets)

  health_check = "fetch(`http://127.0.0.1:$${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"
}

resource "aws_ecs_cluster" "this" {
  name = var.name

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

# Gives the api a name inside the network: http://api:3000.
resource "aws_service_discovery_http_namespace" "this" {
  name = var.name
}

resource "aws_cloudwatch_log_group" "part" {
  for_each = local.parts

  name              = "/${var.name}/${each.key}"
  retention_in_days = 30
}

resource "aws_ecs_task_definition" "part" {
  for_each = local.parts

  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = each.value.cpu
  memory                   = each.value.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task[each.key].arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  container_definitions = jsonencode(concat([
    {
      name                   = "aiops"
      image                  = var.image
      essential              = true
      command                = [each.key]
      readonlyRootFilesystem = true
      stopTimeout            = 60
      portMappings           = [{ name = "http", containerPort = local.port, protocol = "tcp", appProtocol = "http" }]
      linuxParameters        = { initProcessEnabled = true }
      environment            = [for name, value in merge(local.common, local.environment[each.key]) : { name = name, value = value }]
      secrets                = [for name in local.secret_names[each.key] : { name = name, valueFrom = local.secret_arns[name] }]
      healthCheck = {
        command     = ["CMD", "node", "-e", local.health_check]
        interval    = 10
        timeout     = 5
        retries     = 3
        startPeriod = 60
      }
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.part[each.key].name
          awslogs-region        = var.region
          awslogs-stream-prefix = each.key
        }
      }
    }
  ], each.key == "worker" ? [local.metrics_agent] : []))
}

resource "aws_ecs_service" "part" {
  for_each = local.parts

  name                   = each.key
  cluster                = aws_ecs_cluster.this.id
  task_definition        = aws_ecs_task_definition.part[each.key].arn
  launch_type            = "FARGATE"
  desired_count          = each.value.tasks.min
  propagate_tags         = "SERVICE"
  enable_execute_command = false

  # New ones first, old ones after.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200

  # Whoever starts may have to bring a large database up to date first; the old ones work on meanwhile.
  health_check_grace_period_seconds = each.key == "worker" ? null : 1800

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = [for subnet in aws_subnet.private : subnet.id]
    security_groups = [aws_security_group.parts.id]
  }

  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.this.arn

    dynamic "service" {
      for_each = each.key == "api" ? [1] : []

      content {
        port_name      = "http"
        discovery_name = "api"

        client_alias {
          dns_name = "api"
          port     = local.port
        }
      }
    }
  }

  dynamic "load_balancer" {
    for_each = each.key == "worker" ? [] : [aws_lb_target_group.this[each.key]]

    content {
      target_group_arn = load_balancer.value.arn
      container_name   = "aiops"
      container_port   = local.port
    }
  }

  # Autoscaling decides how many there are from then on.
  lifecycle { ignore_changes = [desired_count] }

  # A target group that no listener names yet takes no service.
  depends_on = [aws_lb_listener.https, aws_lb_listener_rule.slack]
}
