using '../../../infra/main.bicep'

// A deployment of somebody who gives nothing but a name and a place. Its snapshot is a golden file.
param environmentName = 'golden'
param location = 'eastus'
