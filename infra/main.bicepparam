using 'main.bicep'

// Everything comes from the environment of the shell that deploys or from azd's; secrets are in no file. What is set and empty is not given.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'conferences')
param location = readEnvironmentVariable('AZURE_LOCATION', 'eastus')

param signingKeys = readEnvironmentVariable('SIGNALWIRE_SIGNING_KEYS', '')
param spaceUrl = readEnvironmentVariable('SIGNALWIRE_SPACE_URL', '')
param projectId = readEnvironmentVariable('SIGNALWIRE_PROJECT_ID', '')
param apiToken = readEnvironmentVariable('SIGNALWIRE_API_TOKEN', '')
param publicBaseUrl = readEnvironmentVariable('PUBLIC_BASE_URL', '')
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param acceptPreviousCallbackSecret = toLower(readEnvironmentVariable('ACCEPT_PREVIOUS_CALLBACK_SECRET', '')) == 'true'

// The vault keeps the secrets of an earlier deployment: true says that they are still used. azd remembers it by itself.
param verifySignatures = toLower(readEnvironmentVariable('VERIFY_SIGNATURES', '')) == 'true' ? true : null
param useSignalWireApi = toLower(readEnvironmentVariable('USE_SIGNALWIRE_API', '')) == 'true' ? true : null

// Application settings of your own, see the README's table.
param settings = {}
