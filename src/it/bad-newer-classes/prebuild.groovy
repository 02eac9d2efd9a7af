import java.nio.file.Files

import org.objectweb.asm.ClassWriter
import org.objectweb.asm.Opcodes

// No compiler of this machine could write it.
int java99 = 44 + 99
def writer = new ClassWriter(0)
writer.visit(java99, Opcodes.ACC_PUBLIC, 'io/slimimage/samples/bad/newerclasses/Future', null, 'java/lang/Object', null)
writer.visitEnd()
def resources = new File(basedir, 'src/main/resources/io/slimimage/samples/bad/newerclasses').toPath()
Files.createDirectories(resources)
Files.write(resources.resolve('Future.class'), writer.toByteArray())
true
