/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The locks that libdw takes. There is one thread: each is free. */
#ifndef WEB_LIBRARIES_PTHREAD_H
#define WEB_LIBRARIES_PTHREAD_H

#include <sys/types.h>

#define PTHREAD_RWLOCK_INITIALIZER                                                                 \
    {                                                                                              \
        0                                                                                          \
    }
#define pthread_rwlock_init(lock, attributes) ((void)(lock), 0)
#define pthread_rwlock_destroy(lock) ((void)(lock), 0)
#define pthread_rwlock_rdlock(lock) ((void)(lock), 0)
#define pthread_rwlock_tryrdlock(lock) ((void)(lock), 0)
#define pthread_rwlock_wrlock(lock) ((void)(lock), 0)
#define pthread_rwlock_unlock(lock) ((void)(lock), 0)

#endif
