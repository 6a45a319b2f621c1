resource "aws_lb" "this" {
  name               = var.name
  load_balancer_type = "application"
  security_groups    = [aws_security_group.balancer.id]
  subnets            = [for subnet in aws_subnet.public : subnet.id]

  # Subscriptions are streams; a sign of life comes every few seconds.
  idle_timeout               = 300
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_lb_target_group" "this" {
  for_each = toset(["api", "bot"])

  name                 = "${var.name}-${each.key}"
  target_type          = "ip"
  vpc_id               = aws_vpc.this.id
  port                 = local.port
  protocol             = "HTTP"
  deregistration_delay = 60

  # ECS ends whatever fails here: a failover of the database must not end every process, which answer 503 in words meanwhile.
  health_check {
    path                = "/startedz"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["api"].arn
  }
}

resource "aws_lb_listener_rule" "slack" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["bot"].arn
  }

  condition {
    path_pattern { values = ["/slack/*"] }
  }
}

# For our own eyes, not for the world.
resource "aws_lb_listener_rule" "inside_only" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 5

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }

  condition {
    path_pattern { values = ["/metrics", "/metrics/*"] }
  }
}
