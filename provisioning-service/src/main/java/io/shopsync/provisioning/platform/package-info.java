/**
 * What has no feature: the names of metrics and the settings that hold for all of the service. It must not know any
 * feature.
 */
package io.shopsync.provisioning.platform;
