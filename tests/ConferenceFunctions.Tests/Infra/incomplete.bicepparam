using '../../../infra/main.bicep'

// A deployment that lacks the token of the API: it must not happen.
param environmentName = 'golden'
param location = 'eastus'
param spaceUrl = 'https://example.signalwire.com'
param projectId = '11111111-2222-3333-4444-555555555555'
param useSignalWireApi = false
