output "balancer_address" {
  description = "Point the domain here (an alias or CNAME)."
  value       = aws_lb.this.dns_name
}

output "chunks_bucket" {
  description = "Bucket for the text of logs."
  value       = aws_s3_bucket.chunks.bucket
}

output "secrets_to_fill" {
  description = "Set these by hand: aws secretsmanager put-secret-value --secret-id ... --secret-string ..."
  value       = { for name, secret in aws_secretsmanager_secret.given : name => secret.name }
}

output "alerts_token" {
  description = "Secret with the bearer token that an Alertmanager sends to https://DOMAIN/webhooks/alerts."
  value       = aws_secretsmanager_secret.made["alerts-token"].name
}

output "cluster" {
  description = "ECS cluster of the services api, worker and bot."
  value       = aws_ecs_cluster.this.name
}
