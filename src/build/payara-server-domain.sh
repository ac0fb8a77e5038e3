#!/bin/sh
# Creates the domain of the journeys on Payara Server, as src/site/markdown/deploy-payara-server.md describes, on ports 31000 and up.
set -e
asadmin=target/payara6/bin/asadmin
script=server-config/payara-server/mxhooks.asadmin
home=$PWD/target/homes/1/payara-server
$asadmin create-domain --nopassword --portbase 31000 journeys
$asadmin start-domain --prebootcommandfile $script journeys
$asadmin --port 31048 multimode --file $script
$asadmin --port 31048 create-system-properties "mxhooks.home=$home:mxhooks.consumer.timeout=PT10S:companion.notes=$home/notes\
:mxhooks.endpoints=default,deployments,limited:mxhooks.endpoint.default.secret=of-the-portal\
:mxhooks.endpoint.deployments.scheme=standard-webhooks:mxhooks.endpoint.deployments.secret=whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\
:mxhooks.endpoint.limited.secret=of-the-limited:mxhooks.endpoint.limited.previous-secret=before-of-the-limited\
:mxhooks.endpoint.limited.allowed-senders=203.0.113.7,2001\\:db8\\:\\:/32:mxhooks.operator.password=of-the-operator:mxhooks.viewer.user=viewer:mxhooks.viewer.password=of-the-viewer:mxhooks.trusted-proxies=127.0.0.1:mxhooks.relay.allow=127.0.0.1\
:mxhooks.oidc.issuer=http\\://localhost\\:31090:mxhooks.oidc.client-id=mxhooks:mxhooks.oidc.client-secret=of-the-client-of-the-provider\
:mxhooks.oidc.redirect-uri=http\\://127.0.0.1\\:31080/mxhooks/console/oidc/callback:mxhooks.oidc.operator-values=mxhooks-operators:mxhooks.oidc.viewer-values=mxhooks-viewers"
$asadmin stop-domain journeys
