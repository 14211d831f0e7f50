// Azure's built-in roles, by id.

@export()
@description('Storage Blob Data Owner: reads and writes blobs and their containers, and signs user delegation keys.')
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'

@export()
@description('Storage Queue Data Contributor: reads and writes queues and their messages.')
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'

@export()
@description('Storage Table Data Contributor: reads and writes tables and their entities.')
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

@export()
@description('Monitoring Metrics Publisher: publishes metrics and telemetry.')
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

@export()
@description('Key Vault Secrets User: reads the values of secrets.')
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
