# Who may talk to whom: the world to the balancer, the balancer to the parts, the parts to the database and out.

resource "aws_security_group" "balancer" {
  name_prefix = "${var.name}-balancer-"
  description = "HTTPS from everywhere"
  vpc_id      = aws_vpc.this.id

  lifecycle { create_before_destroy = true }
}

resource "aws_vpc_security_group_ingress_rule" "balancer_https" {
  security_group_id = aws_security_group.balancer.id
  description       = "People, scripts and Slack"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "balancer_parts" {
  security_group_id            = aws_security_group.balancer.id
  description                  = "To api and bot"
  referenced_security_group_id = aws_security_group.parts.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_security_group" "parts" {
  name_prefix = "${var.name}-parts-"
  description = "api, worker and bot"
  vpc_id      = aws_vpc.this.id

  lifecycle { create_before_destroy = true }
}

resource "aws_vpc_security_group_ingress_rule" "parts_balancer" {
  security_group_id            = aws_security_group.parts.id
  description                  = "From the balancer"
  referenced_security_group_id = aws_security_group.balancer.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_ingress_rule" "parts_each_other" {
  security_group_id            = aws_security_group.parts.id
  description                  = "The bot asks the api; the metrics agent scrapes"
  referenced_security_group_id = aws_security_group.parts.id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_vpc_security_group_egress_rule" "parts_out" {
  security_group_id = aws_security_group.parts.id
  description       = "Slack, the engine, AWS; webhooks are checked by the assistant"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_security_group" "database" {
  name_prefix = "${var.name}-database-"
  description = "PostgreSQL, from the parts only"
  vpc_id      = aws_vpc.this.id

  lifecycle { create_before_destroy = true }
}

resource "aws_vpc_security_group_ingress_rule" "database_parts" {
  security_group_id            = aws_security_group.database.id
  description                  = "api and worker"
  referenced_security_group_id = aws_security_group.parts.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
