/** Where a built image goes: an OCI layout, an archive, a Docker Engine. */
package io.slimimage.output;
