package io.slimimage.elf;

import java.io.IOException;

/** An ELF file contradicts itself; the message says where, as a clause without the file's name. */
final class DamagedElfException extends IOException {

  private static final long serialVersionUID = 1;

  DamagedElfException(String message) {
    super(message);
  }
}
