package io.slimimage.modules;

import java.io.IOException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a {@code module-info.class} says. {@link java.lang.module.ModuleDescriptor} cannot read
 * those of a newer JDK.
 *
 * @param requires the modules that have to be there; those that are needed to compile alone are not
 *     among them
 * @param packages all packages, with slashes; only modules of a JDK name them
 */
record ModuleInfo(Set<String> requires, Set<String> packages) {

  static ModuleInfo read(byte[] file) throws IOException {
    SortedSet<String> requires = new TreeSet<>();
    SortedSet<String> packages = new TreeSet<>();
    ModuleVisitor module =
        new ModuleVisitor(Opcodes.ASM9) {
          @Override
          public void visitRequire(String name, int access, String version) {
            if ((access & Opcodes.ACC_STATIC_PHASE) == 0) {
              requires.add(name);
            }
          }

          @Override
          public void visitPackage(String name) {
            packages.add(name);
          }
        };
    try {
      new ClassReader(file)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public ModuleVisitor visitModule(String name, int access, String version) {
                  return module;
                }
              },
              ClassReader.SKIP_CODE);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("it is a damaged module descriptor", e);
    }
    return new ModuleInfo(requires, packages);
  }
}
