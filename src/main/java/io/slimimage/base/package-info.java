/** Base images: from an engine, an OCI layout or an archive on disk. */
package io.slimimage.base;
