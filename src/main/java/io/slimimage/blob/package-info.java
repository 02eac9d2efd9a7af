/** Bytes with their sizes and digests, and the deterministic formats that they are written in. */
package io.slimimage.blob;
