/** A Java runtime trimmed to an application, with the system files that it needs. */
package io.slimimage.runtime;
