# Which part reads which setting, as in docker-compose.yml: a test compares, and misses here what the product learns to read.
locals {
  plain = {
    all = ["LOG_LEVEL", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER_ARG", "PUBLIC_URL", "STOP_DELAY_SECONDS", "STOP_GRACE_SECONDS"]
    back = [
      "CHANNEL_QUEUE_LIMIT", "DB_POOL", "MAX_LOG_BYTES", "MAX_UNPACK_RATIO", "QUEUE_LIMIT", "S3_BUCKET", "S3_ENDPOINT", "S3_REGION", "WEBHOOK_ALLOW_PRIVATE",
    ]
    api = [
      "ACCESS_TOKEN_MINUTES", "ALERTS_CHANNEL", "BCRYPT_COST", "ENGINE", "GRAPHIQL", "INTROSPECTION",
      "MAX_GRAPHQL_LOG_BYTES", "OPENAI_MODEL", "OPENAI_PRICES", "REFRESH_TOKEN_DAYS", "SLACK_API_URL", "SLACK_TIMEOUT_SECONDS",
      "SUMMARY_MAX_TOKENS", "UPLOAD_IDLE_SECONDS",
    ]
    worker = [
      "ALERTS_CHANNEL", "DIGEST_THREADS", "EMBEDDING_MODEL", "ENGINE", "ENGINE_BUDGET_TOKENS_PER_DAY", "ENGINE_BUDGET_USD_PER_DAY", "LOG_DAYS",
      "LOG_MEMORY_DAYS", "LOG_TEXT_DAYS", "OPENAI_API", "OPENAI_BASE_URL", "OPENAI_MODEL", "OPENAI_PRICES", "OPENAI_TIMEOUT_SECONDS",
      "SLACK_API_URL", "SLACK_TIMEOUT_SECONDS", "SUMMARY_MAX_TOKENS", "WORKER_CONCURRENCY", "WORKER_LOST_SECONDS",
    ]
    bot = ["API_URL", "SLACK_API_URL", "SLACK_TIMEOUT_SECONDS"]
  }

  secret = {
    all    = ["OTEL_EXPORTER_OTLP_HEADERS"]
    back   = ["DATABASE_URL", "JWT_SECRET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"]
    api    = ["ALERTS_TOKEN", "SLACK_BOT_TOKEN"]
    worker = ["OPENAI_API_KEY", "SLACK_BOT_TOKEN"]
    bot    = ["API_TOKEN", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]
  }

  groups = { api = ["all", "back", "api"], worker = ["all", "back", "worker"], bot = ["all", "bot"] }

  # What follows from what is made here.
  decided = {
    PUBLIC_URL = "https://${var.domain}"
    API_URL    = "http://api:${local.port}"
    S3_BUCKET  = local.bucket
    S3_REGION  = var.region
  }

  # Connections are what PostgreSQL runs out of first: DB_POOL + 1 for an api, DB_POOL + WORKER_CONCURRENCY + 5 for a worker, and twice as many
  # processes while a new version takes over. Together with the most of api_tasks and worker_tasks they stay below what database_class has.
  chosen = {
    DB_POOL            = "4"
    LOG_LEVEL          = "info"
    LOG_TEXT_DAYS      = "90"
    WORKER_CONCURRENCY = "8"
  }

  settings = merge(local.chosen, var.settings, local.decided)

  environment = {
    for part, groups in local.groups : part => {
      for name in distinct(flatten([for group in groups : local.plain[group]])) : name => local.settings[name] if contains(keys(local.settings), name)
    }
  }

  secret_names = {
    for part, groups in local.groups : part => [
      for name in distinct(flatten([for group in groups : local.secret[group]])) : name if contains(keys(local.secret_arns), name)
    ]
  }
}

variable "settings" {
  description = "Settings of the README's table that are no secrets, by name; each part gets those it reads. What is not named here is as that table says, but for local.chosen."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.settings), flatten(values(local.plain)))) == 0
    error_message = "No part reads this, or it is a secret: ${join(", ", setsubtract(keys(var.settings), flatten(values(local.plain))))}."
  }

  validation {
    condition     = length(setintersection(keys(var.settings), keys(local.decided))) == 0
    error_message = "This follows from what is made here: ${join(", ", setintersection(keys(var.settings), keys(local.decided)))}."
  }
}

variable "secrets" {
  description = "Secret settings that are not made here, or yours instead of ours: the setting's name and the ARN of a secret in Secrets Manager (or a SecureString of the Parameter Store) that holds it."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.secrets), flatten(values(local.secret)))) == 0
    error_message = "No part reads this as a secret: ${join(", ", setsubtract(keys(var.secrets), flatten(values(local.secret))))}."
  }

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:", arn))])
    error_message = "Name the ARN of a secret, not the secret itself: that would lie in the state and in the task definition."
  }
}
