# What we can make is made here. What only you know is made empty-handed: set it once by hand, and Terraform never looks at it again.

resource "random_password" "jwt" {
  length  = 64
  special = false
}

resource "random_password" "alerts" {
  length  = 48
  special = false
}

locals {
  made = {
    database-url = "postgres://${aws_db_instance.this.username}:${random_password.database.result}@${aws_db_instance.this.endpoint}/${aws_db_instance.this.db_name}?uselibpqcompat=true&sslmode=require"
    jwt-secret   = random_password.jwt.result
    alerts-token = random_password.alerts.result
  }
  given = toset(["api-token", "openai-api-key", "slack-bot-token", "slack-signing-secret"])
}

resource "aws_secretsmanager_secret" "made" {
  for_each = toset(keys(local.made))

  name_prefix = "${var.name}/${each.key}-"
}

resource "aws_secretsmanager_secret_version" "made" {
  for_each = aws_secretsmanager_secret.made

  secret_id     = each.value.id
  secret_string = local.made[each.key]
}

resource "aws_secretsmanager_secret" "given" {
  for_each = local.given

  name_prefix = "${var.name}/${each.key}-"
}

resource "aws_secretsmanager_secret_version" "given" {
  for_each = aws_secretsmanager_secret.given

  secret_id     = each.value.id
  secret_string = " "

  lifecycle { ignore_changes = [secret_string] }
}
