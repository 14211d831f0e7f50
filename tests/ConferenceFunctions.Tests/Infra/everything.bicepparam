using '../../../infra/main.bicep'

// A deployment with everything that is optional. Its snapshot is the golden file.
param environmentName = 'golden'
param location = 'eastus'
param callbackSecret = 'a-secret-of-at-least-32-characters'
param signingKeys = 'PSK_one,PSK_two'
// Secrets are not evaluated, and so is nothing that depends on whether they are given.
param verifySignatures = true
param useSignalWireApi = true
param spaceUrl = 'https://example.signalwire.com'
param projectId = '11111111-2222-3333-4444-555555555555'
param apiToken = 'PT_token'
param publicBaseUrl = 'https://rooms.example.com'
param settings = { Swml__HoldMusic: 'https://example.com/hold.mp3' }
param acceptPreviousCallbackSecret = true
param alertEmail = 'operator@example.com'
