# GetSIPGroupsListApp
curl -X GET "https://api.opentact.org/rest/app/group" \
  -H "accept: application/json" -H "X-Auth-HA1B-Token: HA1B_TOKEN"

# CreateSIPUserGroupApp
curl -X POST "https://api.opentact.org/rest/app/group" \
  -H "accept: application/json" -H "X-Auth-HA1B-Token: HA1B_TOKEN" \
  -H "Content-Type: application/json" \
  -d "{\"name\":\"string\",\"users\":[\"string\"]}"

# ModifySIPUserGroupApp
curl -X PATCH "https://api.opentact.org/rest/app/group/{uuid}" \
  -H "accept: application/json" -H "X-Auth-HA1B-Token: HA1B_TOKEN" \
  -H "Content-Type: application/json" \
  -d "{\"name\":\"string\",\"users\":[\"string\"]}"

# RemoveSIPUserGroupApp
curl -X DELETE "https://api.opentact.org/rest/app/group/{uuid}" \
  -H "accept: application/json" \
  -H "X-Auth-HA1B-Token: HA1B_TOKEN"

# GetSIPUserGroupUsersApp
curl -X GET "https://api.opentact.org/rest/app/group/{uuid}/users" \
  -H "accept: application/json" -H "X-Auth-HA1B-Token: HA1B_TOKEN"

# AddSIPUsersToSIPUserGroupApp
curl -X POST "https://api.opentact.org/rest/app/group/{uuid}/users" \
  -H "accept: application/json" -H "X-Auth-HA1B-Token: HA1B_TOKEN" \
  -H "Content-Type: application/json" \
  -d "{\"users\":[\"string\"]}"

# AddSIPUserToSIPUserGroupApp
curl -X PATCH "https://api.opentact.org/rest/app/group/{uuid}/users/{sip_user_uuid}" \
  -H "accept: application/json" -H "X-Auth-HA1B-Token: HA1B_TOKEN"

# RemoveSIPUserFromSIPUserGroupApp
curl -X DELETE "https://api.opentact.org/rest/app/group/{uuid}/users/{sip_user_uuid}" \
  -H "accept: application/json" -H "X-Auth-HA1B-Token: HA1B_TOKEN"
