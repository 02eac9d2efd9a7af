/** The client for registries, by the OCI distribution specification. */
package io.slimimage.registry;
