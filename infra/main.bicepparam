using 'main.bicep'

// Secrets come from the environment of the shell that deploys, and are in no file.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'conferences')
param location = readEnvironmentVariable('AZURE_LOCATION', 'eastus')

param signingKeys = readEnvironmentVariable('SIGNALWIRE_SIGNING_KEYS', '')
param spaceUrl = readEnvironmentVariable('SIGNALWIRE_SPACE_URL', '')
param projectId = readEnvironmentVariable('SIGNALWIRE_PROJECT_ID', '')
param apiToken = readEnvironmentVariable('SIGNALWIRE_API_TOKEN', '')
param publicBaseUrl = readEnvironmentVariable('PUBLIC_BASE_URL', '')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param acceptPreviousCallbackSecret = bool(readEnvironmentVariable('ACCEPT_PREVIOUS_CALLBACK_SECRET', 'false'))

// Application settings of your own, see the README's table.
param settings = {}
