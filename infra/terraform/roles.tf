data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

# What starts a task: pulls the image, writes logs, reads the secrets of the part.
resource "aws_iam_role" "execution" {
  name_prefix        = "aiops-execution-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "read_secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = values(local.secret_arns)
  }
}

resource "aws_iam_role_policy" "read_secrets" {
  name   = "read-secrets"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.read_secrets.json
}

# What the running parts may do in AWS: the bot nothing, api and worker read and write log chunks, the worker's agent writes metrics.
resource "aws_iam_role" "task" {
  for_each = local.parts

  name_prefix        = "aiops-${each.key}-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy_document" "chunks" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["${aws_s3_bucket.chunks.arn}/*"]
  }

  # The nightly sweep looks for what no row speaks of.
  statement {
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.chunks.arn]
  }
}

resource "aws_iam_role_policy" "chunks" {
  for_each = toset(["api", "worker"])

  name   = "chunks"
  role   = aws_iam_role.task[each.key].id
  policy = data.aws_iam_policy_document.chunks.json
}

data "aws_iam_policy_document" "metrics" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
    resources = ["${aws_cloudwatch_log_group.metrics.arn}:*"]
  }
}

resource "aws_iam_role_policy" "metrics" {
  name   = "metrics"
  role   = aws_iam_role.task["worker"].id
  policy = data.aws_iam_policy_document.metrics.json
}
