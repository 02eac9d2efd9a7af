/** Registry credentials from every source that users keep them in, for every registry client. */
package io.slimimage.credentials;
