"""What each role's start page shows. One module a role, each with `read(person, now)`.

These read across all floors, so they stand on the roof. They write nothing, and each of them asks
the database the same number of questions however many people, courses or certificates there are.
"""
