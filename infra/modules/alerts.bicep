// Mail to one address when somebody has to look.

param namePrefix string
param location string
param tags object
param email string

@description('Resource id of Application Insights.')
param componentId string

@description('Resource id of the function app.')
param appId string

@description('Age of the oldest waiting callback, in seconds, from which on somebody is told.')
param oldestCallbackSeconds int

@description('Answers with 5xx within five minutes from which on somebody is told.')
param serverErrors int

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${namePrefix}-mail'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'conferences'
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource deadLetters 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${namePrefix}-dead-letters'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Something became a dead letter'
    description: 'Callbacks or recordings that can not be handled were set aside. Look at them under api/dead-letters, then replay or discard them.'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [componentId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          query: 'customMetrics | where name == "conference.dead_letters" | summarize letters = sum(valueSum) by bin(timestamp, 5m)'
          timeAggregation: 'Total'
          metricMeasureColumn: 'letters'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: {
      actionGroups: [group.id]
    }
  }
}

resource oldestCallback 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${namePrefix}-oldest-callback'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Callbacks wait too long'
    description: 'Acknowledged callbacks are applied too late, or not at all. api/health/detail tells whether storage fails or the queue only is long.'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [componentId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: 'customMetrics | where name == "conference.queue.age" and tostring(customDimensions.queue) == "callbacks" | summarize age = max(valueMax) by bin(timestamp, 5m)'
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'age'
          operator: 'GreaterThan'
          threshold: oldestCallbackSeconds
        }
      ]
    }
    actions: {
      actionGroups: [group.id]
    }
  }
}

resource serverErrorAlert 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${namePrefix}-5xx'
  location: 'global'
  tags: tags
  properties: {
    description: 'The app answers with 5xx: SignalWire tries callbacks again, and takes the fallback URL for documents.'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [appId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'server-errors'
          metricNamespace: 'Microsoft.Web/sites'
          metricName: 'Http5xx'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: serverErrors
        }
      ]
    }
    actions: [
      {
        actionGroupId: group.id
      }
    ]
  }
}
