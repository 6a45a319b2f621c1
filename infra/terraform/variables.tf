variable "name" {
  description = "Prefix of everything that is made."
  type        = string
  default     = "ai-ops-assistant"
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "image" {
  description = "Image of the assistant with its digest, e.g. 123.dkr.ecr.eu-central-1.amazonaws.com/aiops@sha256:..."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$|:[^:/]+$", var.image))
    error_message = "Name a tag or, better, a digest: what runs should not change by itself."
  }
}

variable "domain" {
  description = "Name people and Slack reach the assistant at; its certificate is certificate_arn."
  type        = string
}

variable "certificate_arn" {
  description = "ACM certificate for the domain, in the same region."
  type        = string
}

variable "alarm_emails" {
  description = "Who is told by AWS when Alertmanager cannot tell. Each has to confirm the mail that AWS sends first."
  type        = list(string)

  validation {
    condition     = length(var.alarm_emails) > 0
    error_message = "Name at least one address: these alarms ring when nothing else does."
  }
}

variable "vpc_cidr" {
  description = "Addresses of the network."
  type        = string
  default     = "10.40.0.0/16"
}

variable "database_class" {
  description = "Instance class of PostgreSQL."
  type        = string
  default     = "db.m7g.large"
}

variable "database_storage_gb" {
  description = "Storage of PostgreSQL at first; it grows to five times as much by itself."
  type        = number
  default     = 200
}

variable "api_tasks" {
  description = "Fewest and most processes of the API."
  type        = object({ min = number, max = number })
  default     = { min = 2, max = 10 }
}

variable "worker_tasks" {
  description = "Fewest and most workers. Each takes up to 17 connections: for more than 20, a larger database_class first."
  type        = object({ min = number, max = number })
  default     = { min = 2, max = 20 }
}

variable "bot_tasks" {
  description = "Fewest and most processes of the bot. Two, so that one may fail while Slack waits its three seconds; 10,000 people need one (35 requests a second at worst, 50 were measured on a share of a core), so more are added by processor, for what nobody foresaw. With Socket Mode at most 5: Slack opens ten connections to an app, and a new version needs as many again."
  type        = object({ min = number, max = number })
  default     = { min = 2, max = 4 }
}

variable "queue_age_seconds" {
  description = "How long the oldest job may wait before workers are added."
  type        = number
  default     = 15
}
