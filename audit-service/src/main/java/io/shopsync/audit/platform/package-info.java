/**
 * What has no feature: access to Postgres, CSV, the parameters that all lists share. It must not know what is stored.
 */
package io.shopsync.audit.platform;
