// Mail to one address when somebody has to look.

param namePrefix string
param location string
param tags object
param email string

@description('Resource id of Application Insights.')
param componentId string

@description('Resource id of the workspace behind it.')
param workspaceId string

@description('Age of the oldest waiting callback, in seconds, from which on somebody is told.')
param oldestCallbackSeconds int

@description('Answers with 5xx within five minutes, as estimated from the traces that are kept, beyond which somebody is told.')
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

resource keptDeadLetters 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${namePrefix}-dead-letters-kept'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Dead letters wait for somebody'
    description: 'There are dead letters that were neither replayed nor discarded: see api/dead-letters. Resolved when there are none.'
    severity: 3
    enabled: true
    autoMitigate: true
    scopes: [componentId]
    evaluationFrequency: 'PT1H'
    windowSize: 'PT1H'
    criteria: {
      allOf: [
        {
          query: 'customMetrics | where name == "conference.dead_letters.kept" | summarize letters = max(valueMax) by bin(timestamp, 1h)'
          timeAggregation: 'Maximum'
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

resource serverErrorAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${namePrefix}-5xx'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'The app answers with 5xx'
    description: 'SignalWire tries callbacks again, and takes the fallback URL for documents. api/health/detail tells whether storage fails.'
    severity: 1
    enabled: true
    autoMitigate: true
    scopes: [componentId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          // Flex Consumption has no metric of answers. Of the traces that are kept each stands for itemCount; the host and the app tell of the same request.
          query: 'requests | where toint(resultCode) >= 500 | summarize answers = max(itemCount) by operation_Id, bin(timestamp, 5m) | summarize answers = sum(answers) by bin(timestamp, 5m)'
          timeAggregation: 'Total'
          metricMeasureColumn: 'answers'
          operator: 'GreaterThan'
          threshold: serverErrors
        }
      ]
    }
    actions: {
      actionGroups: [group.id]
    }
  }
}

resource dailyCap 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: '${namePrefix}-daily-cap'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'The daily cap of telemetry is reached'
    description: 'Until tomorrow no telemetry is taken, and no other alert can fire. Raise dailyCapGb or lower traceSamplingRatio.'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: '_LogOperation | where Category =~ "Ingestion" | where Detail contains "OverQuota"'
          timeAggregation: 'Count'
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
